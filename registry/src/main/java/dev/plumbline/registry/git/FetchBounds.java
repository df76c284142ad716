package dev.plumbline.registry.git;

/**
 * What one fetch may bring.
 *
 * @param objectBytes most bytes of one object, unpacked
 * @param packBytes most bytes of the pack
 */
record FetchBounds(long objectBytes, long packBytes) {

    /** Most bytes of one file, folder, commit or tag: 64 MiB. Packed as a difference it is unpacked in memory. */
    static final long MAX_OBJECT_BYTES = 64L * 1024 * 1024;

    /** Most bytes of one fetch: 1 GiB. */
    static final long MAX_FETCH_BYTES = 1024L * 1024 * 1024;

    /** Most objects of one fetch; what a pack says of their number is believed before the first one comes. */
    static final int MAX_OBJECTS = 5_000_000;

    /** The bounds of this program. */
    static final FetchBounds USUAL = new FetchBounds(MAX_OBJECT_BYTES, MAX_FETCH_BYTES);
}
