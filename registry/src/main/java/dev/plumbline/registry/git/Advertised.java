package dev.plumbline.registry.git;

import dev.plumbline.registry.source.Ref;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.source.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a repository says of its branches and tags.
 *
 * @param tips full name to object, annotated tags peeled
 * @param tags full name of an annotated tag to the tag object itself
 * @param head full name of the branch that HEAD names; empty when there is none
 */
record Advertised(Map<String, ObjectId> tips, Map<String, ObjectId> tags, String head) {

    static Advertised of(Map<String, ObjectId> tips, Map<String, ObjectId> tags, String head, Address address)
            throws SourceException {
        if (tips.size() > Patience.MAX_REFS) {
            throw new SourceException(
                    "tried to read the branches of " + address.shown() + ", refused because " + tips.size()
                            + " branches and tags pass MAX_REFS (" + Patience.MAX_REFS + "); remove old ones",
                    false);
        }
        return new Advertised(Map.copyOf(tips), Map.copyOf(tags), head);
    }

    /** The object that a name itself names: the tag object of an annotated tag, else the same as in {@link #tips}. */
    ObjectId named(String name) {
        ObjectId tag = tags.get(name);
        return tag == null ? Objects.requireNonNull(tips.get(name)) : tag;
    }

    /**
     * The full name of the branch or tag that a ref means here.
     *
     * @throws SourceException when there is none
     */
    String follow(Ref ref, Address address) throws SourceException {
        String name = switch (ref) {
            case Ref.RepositoryDefault own -> head;
            case Ref.Branch branch -> Constants.R_HEADS + branch.name();
            case Ref.Tag tag -> Constants.R_TAGS + tag.name();
            case Ref.Newest newest -> newest(newest.range());
            case Ref.Pinned pinned -> throw new IllegalArgumentException("a pinned commit has no name: " + pinned);
        };
        if (!tips.containsKey(name)) {
            throw new SourceException(
                    "tried to find " + ref + " in " + address.shown() + ", failed because it has " + none(ref)
                            + "; push it, or name another one",
                    false);
        }
        return name;
    }

    private String newest(VersionRange range) {
        List<String> names = tips.keySet().stream()
                .filter(name -> name.startsWith(Constants.R_TAGS))
                .map(name -> name.substring(Constants.R_TAGS.length()))
                .toList();
        return range.newest(names).map(name -> Constants.R_TAGS + name).orElse("");
    }

    private static String none(Ref ref) {
        return switch (ref) {
            case Ref.RepositoryDefault own -> "no branch that HEAD names";
            case Ref.Newest newest -> "no tag whose version is in that range";
            default -> "none of that name";
        };
    }
}
