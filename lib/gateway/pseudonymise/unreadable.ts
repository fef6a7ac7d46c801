/** The object is not in the format its dataset declares, or cannot be read. The message holds no part of it. */
export class UnreadableObject extends Error {
  override readonly name = 'UnreadableObject';
}
