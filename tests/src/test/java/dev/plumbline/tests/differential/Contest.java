package dev.plumbline.tests.differential;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.tests.golden.Kustomize;
import java.io.IOException;
import java.nio.file.Path;

/** Gives one case after the other to both tools. Not for several threads. */
final class Contest {

    private final Kustomize kustomize;
    private final Path folder;

    Contest(Kustomize kustomize, Path folder) {
        this.kustomize = kustomize;
        this.folder = folder;
    }

    Outcome judge(Case given) throws IOException, InterruptedException, SourceException {
        given.write(folder);
        Kustomize.Result theirs = kustomize.build(folder.resolve(given.entry()));
        return Outcome.of(theirs, new Renderer().render(given.snapshot(), given.entry()), given);
    }
}
