package dev.plumbline.controller.crd;

import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineSync;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The definition of {@code PipelineRollback}. */
@Group(PipelineSync.GROUP)
@Version("v1alpha1")
@Kind(PipelineRollback.KIND)
@Plural("pipelinerollbacks")
@Singular("pipelinerollback")
@ShortNames("prb")
@AdditionalPrinterColumn(name = "Sync", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.sync")
@AdditionalPrinterColumn(name = "To", type = AdditionalPrinterColumn.Type.INTEGER, jsonPath = ".spec.to")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        getDescription = "Whether the revision is restored")
@AdditionalPrinterColumn(
        name = "Reason",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        getDescription = "Why it stands as it does")
@AdditionalPrinterColumn(name = "Actor", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.actor")
@AdditionalPrinterColumn(
        name = "Why",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.reason",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
final class PipelineRollbackDefinition extends CustomResource<PipelineRollbackSchema, PipelineRollbackStatusSchema>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
