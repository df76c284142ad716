package dev.plumbline.registry.evidence;

import dev.plumbline.registry.run.Executor;
import java.util.Map;

/**
 * Who says what a statement says. What its identity means, and how far it may be trusted, is decision 8.
 *
 * @param executor what executed the runs
 * @param cluster id of the cluster
 * @param version version of this program
 */
public record Builder(Executor executor, String cluster, String version) {

    private static final String SITE = "https://plumbline.dev/";

    /** Kind of build: a path was rendered at a commit. */
    public static final String RENDER = SITE + "buildtypes/kustomize-render/v1";

    /** Kind of build: a Workflow ran. */
    public static final String WORKFLOW = SITE + "buildtypes/argo-workflow/v1";

    /** The policy by which verdicts are given. */
    static final String POLICY = SITE + "policies/content-verdict/v1";

    /** Its identity: another one for each cluster and for each kind of executor, as their trust differs. */
    public String id() {
        return SITE + "builders/" + executor.word() + "/" + cluster;
    }

    /** Its identity as verifier. */
    public String verifier() {
        return SITE + "verifiers/" + executor.word() + "/" + cluster;
    }

    /** The level that a summary states of a run whose content matches: local runs have another, which no gate for Argo takes. */
    public String matchLevel() {
        return executor == Executor.LOCAL ? "LOCAL_CONTENT_MATCH" : "ARGO_CONTENT_MATCH";
    }

    /** The level that a summary states where the digests of the data are recorded. */
    public String inputsLevel() {
        return executor == Executor.LOCAL ? "LOCAL_INPUTS_DIGESTED" : "ARGO_INPUTS_DIGESTED";
    }

    Map<String, String> versions() {
        return Map.of("plumbline", version);
    }
}
