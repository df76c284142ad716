package dev.plumbline.registry.git;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what this user and this machine configured for git away from what Plumbline reads: the same commit must mean the
 * same everywhere. JGit has one such setting for the whole process.
 */
final class Isolation extends SystemReader.Delegate {

    private static final String GIT_VARIABLES = "GIT_";

    static {
        // Otherwise the first read of a ref in a fresh home directory waits seconds for a measurement of the file
        // clock.
        FS.FileStoreAttributes.setBackground(true);
        SystemReader.setInstance(new Isolation(SystemReader.getInstance()));
    }

    private Isolation(SystemReader machine) {
        super(machine);
    }

    /** Must be called before anything of JGit is used; loading this class does the work, once. */
    static void ensure() {}

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith(GIT_VARIABLES) ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /**
     * Is always empty, but for the resolution of file times: without one, JGit would measure it by writing files into each
     * repository that it opens. Its own fallback is right, if slower, on every file system.
     */
    private static final class Empty extends FileBasedConfig {

        private static final String FILE_SYSTEM = "filesystem";

        Empty(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals(FILE_SYSTEM)
                    ? unit.convert(FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void load() {}

        @Override
        public void save() throws IOException {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
