package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.model.ObjectKey;

/**
 * Before v4 the manifests of Argo install CRDs without schemas, so that the API server refuses nothing in Argo's kinds: what a v4
 * server refuses is then advice for the day of the upgrade.
 */
final class MinimalCrds {

    private static final String SCHEMA = "schema-";
    private static final String UNQUOTED = "unquoted-value";

    private MinimalCrds() {}

    /** A finding as it counts for a version. */
    static Finding judged(Finding finding, ArgoVersion version) {
        ObjectKey key = finding.object();
        boolean asked = finding.rule().startsWith(SCHEMA) || finding.rule().equals(UNQUOTED);
        if (version.isAtLeast(ArgoVersion.V4_0)
                || !asked
                || key == null
                || !key.group().equals(ArgoKinds.GROUP)) {
            return finding;
        }
        return new Finding(
                finding.rule(),
                Severity.ADVICE,
                finding.location(),
                key,
                "a cluster with Argo Workflows v4 refuses it: " + finding.message(),
                finding.fix());
    }
}
