package dev.plumbline.registry.release;

import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.schema.Fault;
import dev.plumbline.registry.schema.Schemas;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.Validation;
import dev.plumbline.registry.validate.ValidationMemory;
import dev.plumbline.registry.validate.Validator;
import dev.plumbline.registry.version.VersionMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rules and schemas at work on renderings. What they said about an object is remembered by content, so that the next commit costs
 * what changed. Safe for use by many threads.
 */
public final class ObjectChecks {

    private final ValidationMemory memory;
    private final Recent<Digest, List<Fault>> faults = new Recent<>(ValidationMemory.MAX_REMEMBERED);
    private final VersionMemory versions = new VersionMemory();

    /** Checks that remember. */
    public ObjectChecks() {
        this(new ValidationMemory());
    }

    private ObjectChecks(ValidationMemory memory) {
        this.memory = memory;
    }

    /** Checks of what is checked once, which remember nothing. */
    public static ObjectChecks once() {
        return new ObjectChecks(ValidationMemory.NONE);
    }

    private record Place(
            @Nullable ObjectKey object, @Nullable Location location) {}

    /** The template versions of the last Release that was checked. */
    VersionMemory versions() {
        return versions;
    }

    /** What a Release has against its objects: by the standard rules, and by the schemas where no rule said it already. */
    List<Finding> ofRelease(List<Manifest> rendered) {
        List<Finding> findings = new ArrayList<>(Validator.validate(rendered, memory));
        for (Manifest object : rendered) {
            findings.addAll(ofSchemas(object, findings));
        }
        return findings;
    }

    /**
     * A validation of objects by rules.
     *
     * @param objects everything that is there
     * @param declared keys of objects that are in the cluster without being rendered
     * @param rules the rules
     * @param argo the version of Argo that is to run the objects
     */
    public Validation validation(List<Manifest> objects, Set<ObjectKey> declared, List<Rule> rules, ArgoVersion argo) {
        return new Validation(objects, declared, rules, argo, memory);
    }

    /**
     * What schemas have against an object, without what rules said already about the same place.
     *
     * @param known what rules said
     */
    public List<Finding> ofSchemas(Manifest object, List<Finding> known) {
        List<Fault> said = faults(object);
        if (said.isEmpty()) {
            return List.of();
        }
        Set<Place> places = new HashSet<>();
        for (Finding finding : known) {
            if (finding.isError()) {
                places.add(new Place(finding.object(), finding.location()));
            }
        }
        return Schemas.findings(object, said).stream()
                .filter(finding -> !places.contains(new Place(finding.object(), finding.location())))
                .toList();
    }

    private List<Fault> faults(Manifest object) {
        if (!memory.remembers()) {
            return Schemas.faults(object.content());
        }
        List<Fault> known = faults.get(object.digest());
        if (known == null) {
            known = Schemas.faults(object.content());
            faults.put(object.digest(), known);
        }
        return known;
    }
}
