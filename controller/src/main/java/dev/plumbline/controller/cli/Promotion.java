package dev.plumbline.controller.cli;

import dev.plumbline.registry.git.GitTags;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.promotion.GtoArtifact;
import dev.plumbline.registry.promotion.GtoTag;
import dev.plumbline.registry.promotion.PlacedTag;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.source.SourceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes down in a repository that a model that was just let through is in a stage now, as tags that GTO reads. It is a record, and
 * moves nothing.
 *
 * @param repository a clone or bare repository that has the model's commit
 * @param stage the stage
 */
record Promotion(Path repository, String stage) {

    /**
     * Makes the tags that are not there.
     *
     * @param commit what the model was made of
     * @return the names of those that it made, or that all is so already
     */
    String write(ModelRecord model, CommitId commit, Instant now) throws SourceException {
        GitTags tags = new GitTags(repository);
        GtoTag version = version(model);
        GtoArtifact artifact = read(tags).getOrDefault(model.name(), GtoArtifact.NONE);
        boolean there = !artifact.at(commit).isEmpty();
        CommitId elsewhere = artifact.versions().getOrDefault(version.value(), commit);
        List<String> others = artifact.everAt(commit).stream()
                .filter(name -> !name.equals(version.value()))
                .toList();
        if (!others.isEmpty()) {
            throw refused(
                    version,
                    "GTO allows one version of an artifact at a commit, also after it was withdrawn, and "
                            + commit.abbreviated() + " is " + String.join(" and ", others) + " already");
        }
        if (!elsewhere.equals(commit)) {
            throw refused(version, "it names " + elsewhere + " there, and the model was made of " + commit);
        }
        String name = model.name() + ":" + model.version();
        StringBuilder made = new StringBuilder();
        if (!there) {
            if (!tags.create(version.name(), commit, "Register " + name, now)) {
                throw refused(version, "a tag of that name is there and registers nothing, because it was withdrawn");
            }
            made.append(version.name()).append(' ');
        }
        if (!artifact.in(stage).equals(version.value())) {
            made.append(assign(tags, model.name(), commit, name, now));
        }
        return made.isEmpty()
                ? name + " is in stage " + stage + " already"
                : "tagged " + made.toString().strip();
    }

    private CommandException refused(GtoTag version, String why) {
        return new CommandException(
                CommandException.WRONG,
                "tried to tag " + version.name() + " in " + repository + ", refused because " + why);
    }

    private String assign(GitTags tags, String artifact, CommitId commit, String model, Instant now)
            throws SourceException {
        long counter = tags.all().stream()
                .flatMap(tag -> GtoTag.of(tag.name()).stream())
                .filter(tag -> tag.kind() == GtoTag.Kind.STAGE && tag.artifact().equals(artifact))
                .mapToLong(GtoTag::counter)
                .max()
                .orElse(0);
        GtoTag tag;
        do {
            counter++;
            tag = tag(artifact, counter);
        } while (!tags.create(tag.name(), commit, "Put " + model + " into stage " + stage, now));
        return tag.name();
    }

    private GtoTag tag(String artifact, long counter) {
        try {
            return GtoTag.stage(artifact, stage, counter);
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    /** A registered version of MLflow's is a number, which is taken for the first of three. */
    private static GtoTag version(ModelRecord model) {
        String text = model.version().matches("[0-9]{1,9}") ? "v" + model.version() + ".0.0" : model.version();
        try {
            return GtoTag.version(model.name(), text.startsWith("v") ? text : "v" + text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.WRONG, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, GtoArtifact> read(GitTags tags) throws SourceException {
        List<PlacedTag> placed = tags.all().stream()
                .map(tag -> new PlacedTag(tag.name(), tag.commit(), tag.time()))
                .toList();
        return GtoArtifact.all(placed);
    }
}
