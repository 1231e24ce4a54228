/** Vite bundles what `import './x.css'` names. */
declare module '*.css';
