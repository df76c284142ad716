package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Source;
import dev.plumbline.registry.source.SourceContract;
import java.nio.file.Files;

/** A repository with a work tree on this machine. */
class LocalSourceTest extends SourceContract {

    @Override
    protected Source open() throws Exception {
        return GitSource.open(work.folder().toString(), folder.resolve("mirror"));
    }

    @Override
    protected void publish() {
        // The work tree's repository is the source itself.
    }

    @Override
    protected void takeAway() throws Exception {
        Files.move(work.folder(), folder.resolve("elsewhere"));
    }
}
