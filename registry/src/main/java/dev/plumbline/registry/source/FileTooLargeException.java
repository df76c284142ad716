package dev.plumbline.registry.source;

/** A file of a commit is larger than what is read of one; whoever wrote it acts. */
public final class FileTooLargeException extends SourceException {

    private static final long serialVersionUID = 1L;

    private final long bytes;

    /**
     * Says which file it is.
     *
     * @param file the file, with where it is as people know it
     * @param bytes how many bytes it has
     * @param most how many bytes are read at most
     */
    public FileTooLargeException(String file, long bytes, long most) {
        super(
                "tried to read " + file + ", refused because its " + bytes + " bytes pass the bound of " + most
                        + "; keep large data outside the repository",
                false);
        this.bytes = bytes;
    }

    /** How many bytes the file has. */
    public long bytes() {
        return bytes;
    }
}
