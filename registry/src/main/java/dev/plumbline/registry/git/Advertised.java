package dev.plumbline.registry.git;

import dev.plumbline.registry.source.SourceException;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a repository says of its branches and tags.
 *
 * @param tips full name to object, annotated tags peeled
 * @param head full name of the branch that HEAD names; empty when there is none
 */
record Advertised(Map<String, ObjectId> tips, String head) {

    static Advertised of(Map<String, ObjectId> tips, String head, Address address) throws SourceException {
        if (tips.size() > Patience.MAX_REFS) {
            throw new SourceException(
                    "tried to read the branches of " + address.shown() + ", refused because " + tips.size()
                            + " branches and tags pass MAX_REFS (" + Patience.MAX_REFS + "); remove old ones",
                    false);
        }
        return new Advertised(Map.copyOf(tips), head);
    }
}
