package dev.plumbline.registry.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who may use the file of a private key. A file of this user is this user's alone. A file of another user can only be read through
 * its group: so a Secret's volume is mounted for a pod that is not root (owner root, group {@code fsGroup}).
 *
 * @param permissions those of the file that a link leads to
 * @param own whether the file belongs to the user of this process
 */
record KeyFileRights(Set<PosixFilePermission> permissions, boolean own) {

    private static final Path SELF = Path.of("/proc/self");

    static KeyFileRights of(Path file) throws IOException {
        return new KeyFileRights(Files.getPosixFilePermissions(file), own(file));
    }

    /** Whether nobody can use it but who must. */
    boolean narrow() {
        for (PosixFilePermission permission : permissions) {
            boolean narrow = switch (permission) {
                case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE -> true;
                case GROUP_READ -> !own;
                case GROUP_WRITE, OTHERS_READ, OTHERS_WRITE -> false;
                case GROUP_EXECUTE, OTHERS_EXECUTE -> true; // says nothing of a key
            };
            if (!narrow) {
                return false;
            }
        }
        return true;
    }

    /** Where the system does not say who this process is, each file counts as its own, which allows less. */
    private static boolean own(Path file) throws IOException {
        return !Files.exists(SELF) || Files.getOwner(file).equals(Files.getOwner(SELF));
    }

    @Override
    public String toString() {
        return PosixFilePermissions.toString(permissions) + (own ? " and this user's own" : " and another user's");
    }
}
