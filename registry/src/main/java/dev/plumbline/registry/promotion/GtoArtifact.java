package dev.plumbline.registry.promotion;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.promotion.GtoTag.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tags of a repository say of one artifact. Other tags say nothing; a stage is put where a version is registered by then
 * or, as GTO has it, a commit that has none is its own version.
 *
 * <p>A commit has one version of an artifact, which is GTO's rule and no choice made here: {@code gto register} refuses a second one
 * even with {@code --force} and after the first was withdrawn ("For this REF you can only register v1.0.0"), and where tags that were
 * made by hand say otherwise, {@code gto show} refuses to read the repository once a stage is put there ("Multiple versions are not
 * allowed on the same Git commit"; gto 1.10.1). Of such tags the last is taken here.
 *
 * @param versions registered versions with their commits, in the order of their tags
 * @param stages versions by the stage that they were put into and not taken out of, the newest last
 * @param named every version that a tag ever registered with its commit, withdrawn ones included
 * @param deprecated whether it is of no more use
 */
public record GtoArtifact(
        Map<String, CommitId> versions,
        Map<String, List<String>> stages,
        Map<String, CommitId> named,
        boolean deprecated) {

    /** One of which no tag speaks. */
    public static final GtoArtifact NONE = new GtoArtifact(Map.of(), Map.of(), Map.of(), false);

    /** In the order of time; of one second, versions come before stages, and stages by their counters. */
    private static final Comparator<Event> ORDER = Comparator.comparing(
                    (Event event) -> event.place().time())
            .thenComparing(event -> event.tag().kind())
            .thenComparingLong(event -> event.tag().counter())
            .thenComparing(event -> event.place().name());

    /** Keeps its own copies. */
    public GtoArtifact {
        versions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        stages = Map.copyOf(stages);
        named = Map.copyOf(named);
    }

    /** All artifacts that tags speak of, by name. */
    public static SortedMap<String, GtoArtifact> all(List<PlacedTag> tags) {
        SortedMap<String, GtoArtifact> all = new TreeMap<>();
        tags.stream()
                .flatMap(place -> GtoTag.of(place.name()).map(tag -> new Event(tag, place)).stream())
                .sorted(ORDER)
                .forEach(event ->
                        all.merge(event.tag().artifact(), NONE.after(event), (known, first) -> known.after(event)));
        return all;
    }

    /** The version that is registered at a commit; empty when none is. */
    public String at(CommitId commit) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .reduce("", (before, last) -> last);
    }

    /** The versions that a tag ever registered at a commit, withdrawn ones included, in order of their names. */
    public List<String> everAt(CommitId commit) {
        return named.entrySet().stream()
                .filter(version -> version.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The version that is in a stage now; empty when none is. */
    public String in(String stage) {
        List<String> versions = stages.getOrDefault(stage, List.of());
        return versions.isEmpty() ? "" : versions.getLast();
    }

    private GtoArtifact after(Event event) {
        GtoTag tag = event.tag();
        CommitId commit = event.place().commit();
        Map<String, CommitId> registered = new LinkedHashMap<>(versions);
        Map<String, List<String>> staged = new TreeMap<>(stages);
        Map<String, CommitId> ever = new TreeMap<>(named);
        if (tag.kind() == Kind.VERSION && tag.undone()) {
            registered.remove(tag.value());
            staged.replaceAll((stage, in) ->
                    in.stream().filter(version -> !version.equals(tag.value())).toList());
        } else if (tag.kind() == Kind.VERSION) {
            registered.put(tag.value(), commit);
            ever.put(tag.value(), commit);
        } else if (tag.kind() == Kind.STAGE) {
            String version = at(commit).isEmpty() ? commit.hex() : at(commit);
            List<String> in = new ArrayList<>(staged.getOrDefault(tag.value(), List.of()));
            in.remove(version);
            if (!tag.undone()) {
                in.add(version);
            }
            staged.put(tag.value(), List.copyOf(in));
        }
        return new GtoArtifact(
                registered, staged, ever, tag.kind() == Kind.DEPRECATED || (deprecated && tag.kind() != Kind.CREATED));
    }

    /**
     * A tag that GTO knows.
     *
     * @param tag what it says
     * @param place where it stands
     */
    private record Event(GtoTag tag, PlacedTag place) {}
}
