import { isNullableAsBefore, isOldSchema } from '../upgrade/schemas.js';
import type { File } from './reference.js';
import type { Frame } from './walk.js';

interface Noted {
  readonly frame: Frame;
  readonly file: File;
}

/** Objects that something is done with once all references are known. */
export class NotedObjects {
  /** Schemas that the upgrade has to change, and those of later versions that say `nullable` as 3.0 does. */
  readonly oldSchemas: Noted[] = [];
  readonly nullableSchemas: Noted[] = [];
  /** Media types that say what each of their items is, and examples whose value is another file. */
  readonly sequences: Noted[] = [];
  readonly externals: Noted[] = [];

  note(file: File, frame: Frame): void {
    const { value, kind } = frame;
    const isOld = file.dialect === '3.0' || file.dialect === '2.0';
    if (kind === 'schema' && isOld && isOldSchema(value)) this.oldSchemas.push({ frame, file });
    if (kind === 'schema' && !isOld && isNullableAsBefore(value)) this.nullableSchemas.push({ frame, file });
    if (kind === 'mediaType' && value.itemSchema !== undefined) this.sequences.push({ frame, file });
    if (kind === 'example' && typeof value.externalValue === 'string') this.externals.push({ frame, file });
  }
}
