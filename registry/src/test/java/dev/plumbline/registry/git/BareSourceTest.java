package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bare repository on this machine, named by a file:// URL. */
class BareSourceTest extends SourceContract {

    private Path bare() {
        return folder.resolve("a bare one.git");
    }

    @Override
    protected Source open() throws Exception {
        return GitSource.open(bare().toUri().toString(), folder.resolve("mirror"));
    }

    @Override
    protected void publish() throws Exception {
        if (!Files.exists(bare())) {
            work.git("init", "-q", "--bare", "-b", "main", bare().toString());
        }
        if (!work.git("for-each-ref").isEmpty()) {
            work.git("push", "-q", "--mirror", bare().toString());
        }
    }

    @Override
    protected void takeAway() throws Exception {
        Files.delete(bare().resolve("HEAD"));
    }
}
