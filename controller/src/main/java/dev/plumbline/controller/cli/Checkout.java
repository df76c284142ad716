package dev.plumbline.controller.cli;

import dev.plumbline.registry.file.FolderSnapshot;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.git.LocalRepository;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a path of the command line stands.
 *
 * @param top the top folder of the repository that holds it; without a repository, the nearest folder that exists
 * @param path its path from there, as a Snapshot writes paths
 * @param repository whether there is a repository
 */
record Checkout(Path top, String path, boolean repository) {

    private static final String GIT = ".git";

    /**
     * Finds a path, which need not exist.
     *
     * @param repo folder in the repository from which the path is read; empty for the current folder and the repository that
     *     holds the path
     */
    static Checkout of(String repo, String path) {
        try {
            Path base = real(Path.of(repo));
            if (!Files.isDirectory(base)) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        "there is no folder " + repo + "; --repo takes a folder of a clone");
            }
            Path wanted = real(base.resolve(path));
            Path top = top(repo.isEmpty() ? wanted : base);
            if (top == null) {
                Path existing = existing(wanted);
                return new Checkout(existing, text(existing.relativize(wanted)), false);
            }
            if (!wanted.startsWith(top)) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        path + " leads out of the repository " + top + "; name a folder in it");
            }
            return new Checkout(top, text(top.relativize(wanted)), true);
        } catch (InvalidPathException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "not a path: " + e.getInput() + " (" + e.getReason() + "); correct it");
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "cannot look for " + path + " (" + e.getMessage() + "); check the path");
        }
    }

    /** The files as they are on disk. */
    FolderSnapshot onDisk() throws SourceException {
        return FolderSnapshot.of(top);
    }

    /** The repository; a refusal where there is none. */
    LocalRepository open() throws SourceException {
        if (!repository) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    top.resolve(path)
                            + " is in no Git repository, so it has no commits; run git init there, or name a clone"
                            + " with --repo");
        }
        return LocalRepository.open(top);
    }

    /**
     * Renders what is on disk. Without a repository the tree has no top of its own, so it is taken as high as the bases of the
     * kustomization lead.
     */
    Rendered render(Renderer renderer) throws SourceException {
        Rendered rendered = new Rendered(this, renderer.render(onDisk(), path));
        Path parent = top.getParent();
        while (!repository && rendered.climbs() && parent != null) {
            Checkout higher = new Checkout(parent, text(parent.relativize(top.resolve(path))), false);
            rendered = new Rendered(higher, renderer.render(higher.onDisk(), higher.path));
            parent = parent.getParent();
        }
        return rendered;
    }

    /**
     * What the files on disk render to.
     *
     * @param place the tree in which the paths of its findings are
     */
    record Rendered(Checkout place, Rendering rendering) {

        private boolean climbs() {
            return rendering.findings().stream()
                    .anyMatch(finding -> finding.isError() && finding.rule().equals(Renderer.OUT_OF_THE_TREE));
        }
    }

    /** A finding whose file can be opened from the current folder. */
    Finding shown(Finding finding) {
        Location at = finding.location();
        if (at == null) {
            return finding;
        }
        Path file = top.resolve(at.file());
        Path here = Path.of("").toAbsolutePath();
        boolean near = here.startsWith(top) || top.startsWith(here);
        String shown = near ? text(here.relativize(file)) : file.normalize().toString();
        return new Finding(
                finding.rule(),
                finding.severity(),
                new Location(shown.isEmpty() ? "." : shown, at.line(), at.column()),
                finding.object(),
                finding.message(),
                finding.fix());
    }

    /** The nearest folder with a repository, or a bare repository. */
    private static @Nullable Path top(Path from) {
        for (Path at = from; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(GIT)) || isBare(at)) {
                return at;
            }
        }
        return null;
    }

    private static boolean isBare(Path folder) {
        return Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"))
                && Files.isDirectory(folder.resolve("refs"));
    }

    /** The path with the links of what exists of it followed. */
    private static Path real(Path path) throws IOException {
        Path whole = path.toAbsolutePath().normalize();
        Path existing = existing(whole);
        return existing.toRealPath().resolve(existing.relativize(whole)).normalize();
    }

    private static Path existing(Path whole) {
        Path existing = whole;
        while (existing.getParent() != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static String text(Path relative) {
        return relative.toString().replace('\\', '/');
    }
}
