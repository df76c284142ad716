package dev.plumbline.registry.model;

/**
 * A place in a file of the repository.
 *
 * @param file path from the repository's root, with {@code /}
 * @param line 1-based; 0 where only the file is known
 * @param column 1-based; 0 where only the line is known
 */
public record Location(String file, int line, int column) {

    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    /** {@code file:line:column}, shorter where less is known. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line + (column == 0 ? "" : ":" + column));
    }
}
