package dev.plumbline.controller.crd;

import dev.plumbline.controller.spec.PipelineSync;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The definition of {@code PipelineSync}. */
@Group(PipelineSync.GROUP)
@Version("v1alpha1")
@Kind(PipelineSync.KIND)
@Plural("pipelinesyncs")
@Singular("pipelinesync")
@ShortNames("psync")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        getDescription = "Whether the newest commit is applied and healthy")
@AdditionalPrinterColumn(
        name = "Reason",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        getDescription = "Why it stands as it does")
@AdditionalPrinterColumn(
        name = "Revision",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.appliedRevision.revision",
        getDescription = "Number of the revision in force")
@AdditionalPrinterColumn(
        name = "Objects",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.inventorySize",
        getDescription = "How many objects it owns")
@AdditionalPrinterColumn(name = "Path", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.path")
@AdditionalPrinterColumn(
        name = "Commit",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.appliedRevision.commit",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Repository",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.source.url",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Next",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.next",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@ValidationRule(
        value = "!has(self.spec.dependsOn) || !self.spec.dependsOn.exists(sync, sync.name == self.metadata.name"
                + " && !has(sync.namespace))",
        message = "a sync cannot depend on itself",
        fieldPath = ".spec.dependsOn")
final class PipelineSyncDefinition extends CustomResource<PipelineSyncSchema, PipelineSyncStatusSchema>
        implements Namespaced {
    private static final long serialVersionUID = 1L;
}
