package dev.plumbline.registry.release;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.version.VersionMemory;
import dev.plumbline.registry.version.Versioned;
import dev.plumbline.registry.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes Releases. */
public final class Releases {

    private Releases() {}

    /**
     * What a rendering means without a check of it: for comparing contents. What a commit holds does not depend on what later
     * rules or policies have against it.
     *
     * @param path the overlay that was rendered
     * @param rendered its objects, in rendered order
     * @param findings what rendering found
     */
    public static Release unchecked(String path, List<Manifest> rendered, List<Finding> findings) {
        return unchecked(path, rendered, findings, true, new VersionMemory());
    }

    /**
     * The same.
     *
     * @param sideBySide whether template versions live side by side
     * @param memory versions of an earlier rendering of the path
     */
    public static Release unchecked(
            String path, List<Manifest> rendered, List<Finding> findings, boolean sideBySide, VersionMemory memory) {
        Versioned versioned = Finding.anyError(findings) || !sideBySide
                ? new Versioned(rendered, Map.of(), List.of())
                : Versions.version(rendered, memory);
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(versioned.findings());
        return Release.of(path, rendered, versioned, all);
    }

    /**
     * What a rendering means: checked, versioned and hashed. A rendering with errors is checked no further, since what is missing
     * from it would be blamed on what is there; one without objects is an error, because it would delete everything.
     *
     * @param path the overlay that was rendered
     * @param rendered its objects, in rendered order
     * @param findings what rendering found
     */
    public static Release release(String path, List<Manifest> rendered, List<Finding> findings) {
        return release(path, rendered, findings, ObjectChecks.once(), List.of());
    }

    /** The same with what policies say about the objects. */
    public static Release release(
            String path, List<Manifest> rendered, List<Finding> findings, ObjectChecks checks, List<Finding> policies) {
        return release(path, rendered, findings, checks, policies, ReleaseRules.STANDARD);
    }

    /**
     * The same by other rules.
     *
     * @param checks what checks the objects
     * @param policies findings of {@link PolicyFiles#judge}
     */
    public static Release release(
            String path,
            List<Manifest> rendered,
            List<Finding> findings,
            ObjectChecks checks,
            List<Finding> policies,
            ReleaseRules rules) {
        List<Finding> all = new ArrayList<>(findings);
        if (!Finding.anyError(all) && rendered.isEmpty()) {
            all.add(Finding.error(
                    "release-empty",
                    Location.of(path),
                    "rendering '" + path + "' gives no objects at all",
                    "add resources to its kustomization; to stop a sync, suspend or remove the sync"));
        }
        if (Finding.anyError(all)) {
            return Release.of(path, rendered, new Versioned(rendered, Map.of(), List.of()), all);
        }
        all.addAll(checks.ofRelease(rendered));
        policies.forEach(denial -> all.add(rules.policiesEnforced() ? denial : denial.asWarning()));
        Versioned versioned = rules.sideBySide()
                ? Versions.version(rendered, checks.versions())
                : new Versioned(rendered, Map.of(), List.of());
        all.addAll(versioned.findings());
        return Release.of(path, rendered, versioned, all);
    }
}
