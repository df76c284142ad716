package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.evidence.Statement;
import dev.plumbline.registry.evidence.Subject;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to verify: a model by name, or bytes.
 *
 * @param question as it was asked
 * @param digest digest of the bytes; null for a name
 * @param files the files, where a folder was given
 */
record VerifiedSubject(String question, @Nullable Digest digest, List<ModelFile> files) {

    /** Reads what was asked; a file or folder of that name goes before a model. */
    static VerifiedSubject of(String question) throws IOException {
        if (Digest.is(question)) {
            return new VerifiedSubject(question, new Digest(question), List.of());
        }
        Path path = path(question);
        if (path != null && Files.isDirectory(path)) {
            List<ModelFile> files = read(path);
            return new VerifiedSubject(question, ModelFile.root(files), files);
        }
        return path != null && Files.isRegularFile(path)
                ? new VerifiedSubject(question, digest(path), List.of())
                : new VerifiedSubject(question, null, List.of());
    }

    /** The newest model that it is. */
    FoundModel find(FindModels models) throws StoreException {
        List<FoundModel> found = digest == null ? models.named(question) : models.byDigest(digest);
        if (found.isEmpty()) {
            throw new CommandException(
                    CommandException.WRONG,
                    digest == null
                            ? "no recorded run made a model " + question + ", and there is no file of that name"
                            : "no signed statement in this store knows " + question
                                    + (digest.value().equals(question) ? "" : " (" + digest + ")"));
        }
        return found.getFirst();
    }

    /** Whether the signed statements are about the bytes that were given. */
    List<Check> compare(ModelCheck check) {
        if (digest == null) {
            return List.of();
        }
        List<Check> checks = new ArrayList<>();
        Statement run = check.statements().get("run");
        boolean known =
                run != null && run.subjects().stream().map(Subject::digest).anyMatch(digest::equals);
        checks.add(new Check(
                known ? Check.State.OK : Check.State.WRONG,
                "bytes",
                question
                        + (known ? " is what the run statement is about" : " is not what the run statement is about")));
        Statement signature = check.statements().get("model");
        if (!files.isEmpty() && signature == null) {
            checks.add(new Check(
                    Check.State.WRONG,
                    "files",
                    "no signature says which files the model has, so their names are not known"));
        } else if (signature != null && !files.isEmpty()) {
            Map<String, Digest> signed = new TreeMap<>();
            ModelFile.listed(signature).forEach(file -> signed.put(file.name(), file.digest()));
            Map<String, Digest> given = new TreeMap<>();
            files.forEach(file -> given.put(file.name(), file.digest()));
            checks.add(
                    signed.equals(given)
                            ? new Check(
                                    Check.State.OK,
                                    "files",
                                    "the " + given.size() + " files that were signed, and no other")
                            : new Check(
                                    Check.State.WRONG,
                                    "files",
                                    "names differ: signed were " + signed.keySet() + ", given are " + given.keySet()));
        }
        return checks;
    }

    /** The files, also of a single one, without the one that holds their signature. */
    List<ModelFile> without(Path signature) throws IOException {
        Path path = path(question);
        if (digest == null || path == null || !Files.exists(path)) {
            return List.of();
        }
        if (files.isEmpty()) {
            return List.of(new ModelFile(
                    String.valueOf(path.toAbsolutePath().normalize().getFileName()), digest));
        }
        Path folder = path.toRealPath();
        Path own = signature.toRealPath();
        return files.stream()
                .filter(file -> !folder.resolve(file.name()).equals(own))
                .toList();
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static List<ModelFile> read(Path folder) throws IOException {
        List<ModelFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(new ModelFile(name(folder, file), digest(file)));
                } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new CommandException(
                            CommandException.WRONG,
                            file
                                    + " is a symbolic link or no file, which no signed model holds; name a folder with"
                                    + " files alone");
                }
            }
        }
        if (files.isEmpty()) {
            throw new CommandException(
                    CommandException.WRONG, folder + " holds no file, so there is no model to verify");
        }
        return files;
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }
}
