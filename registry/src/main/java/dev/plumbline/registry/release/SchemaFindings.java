package dev.plumbline.registry.release;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What schemas have against a rendering, without what rules said already about the same place. */
public final class SchemaFindings {

    private SchemaFindings() {}

    private record Place(
            @Nullable ObjectKey object, @Nullable Location location) {}

    /**
     * What schemas have against objects.
     *
     * @param rendered the objects
     * @param known what rules said about them
     */
    public static List<Finding> of(List<Manifest> rendered, List<Finding> known) {
        Set<Place> said = new HashSet<>();
        for (Finding finding : known) {
            if (finding.isError()) {
                said.add(new Place(finding.object(), finding.location()));
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (Manifest object : rendered) {
            for (Finding finding : Schemas.check(object)) {
                if (!said.contains(new Place(finding.object(), finding.location()))) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }
}
