/** A printer's registration mark: two prints lie exactly upon each other where it is one. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="9" />
      <path d="M16 2v28M2 16h28" />
      <path class="half" d="M16 7a9 9 0 0 1 0 18z" />
    </svg>
  );
}
