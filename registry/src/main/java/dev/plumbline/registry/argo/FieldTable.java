package dev.plumbline.registry.argo;

import dev.plumbline.registry.argo.FieldSupport.Part;
import dev.plumbline.registry.argo.FieldSupport.Row;
import dev.plumbline.registry.argo.FieldSupport.Rows;
import java.util.Map;

/** The content of {@link FieldSupport}. Fields are those of Argo v4.1 and, below containers and volumes, of Kubernetes. */
final class FieldTable {

    private FieldTable() {}

    static Map<Part, Map<String, Row>> rows() {
        Rows rows = new Rows();
        spec(rows);
        template(rows);
        waits(rows);
        parameters(rows);
        artifacts(rows);
        dag(rows);
        containers(rows);
        volumes(rows);
        return rows.build();
    }

    private static void spec(Rows rows) {
        rows.part(Part.SPEC)
                .executed("entrypoint onExit activeDeadlineSeconds parallelism podMetadata artifactRepositoryRef")
                .executed("arguments", Part.ARGUMENTS)
                .executed("templates", Part.TEMPLATE)
                .executed("volumes", Part.VOLUME)
                .executed("workflowMetadata", Part.WORKFLOW_METADATA)
                .executed("synchronization", Part.SYNCHRONIZATION)
                .executed("workflowTemplateRef", Part.TEMPLATE_REF)
                .accepted(
                        "affinity archiveLogs artifactGC automountServiceAccountToken dnsConfig dnsPolicy executor hostAliases imagePullSecrets metrics nodeSelector podDisruptionBudget podGC"
                                + " podPriorityClassName podResources priority schedulerName securityContext serviceAccountName"
                                + " tolerations ttlStrategy volumeClaimGC")
                .executed("hooks", Part.HOOKS)
                .refused("executorPlugins hostNetwork podSpecPatch resourceClaims retryStrategy shutdown"
                        + " suspend templateDefaults volumeClaimTemplates");
        rows.part(Part.WORKFLOW_METADATA).executed("labels annotations").refused("labelsFrom");
        rows.part(Part.TEMPLATE_REF).executed("name template clusterScope");
        rows.part(Part.ARGUMENTS).executed("parameters", Part.PARAMETER).executed("artifacts", Part.ARTIFACT);
    }

    private static void template(Rows rows) {
        rows.part(Part.TEMPLATE)
                .executed("name activeDeadlineSeconds timeout metadata parallelism")
                .executed("inputs", Part.INPUTS)
                .executed("outputs", Part.OUTPUTS)
                .executed("container", Part.CONTAINER)
                .executed("dag", Part.DAG)
                .executed("resource", Part.RESOURCE)
                .executed("script", Part.SCRIPT)
                .executed("steps", Part.STEP)
                .executed("suspend", Part.SUSPEND)
                .executed("memoize", Part.MEMOIZE)
                .executed("synchronization", Part.SYNCHRONIZATION)
                .executed("retryStrategy", Part.RETRY)
                .executed("volumes", Part.VOLUME)
                .executed("archiveLocation", Part.ARCHIVE_LOCATION)
                .accepted("affinity annotations automountServiceAccountToken executor hostAliases metrics"
                        + " nodeSelector pendingTimeout podResources priorityClassName schedulerName securityContext"
                        + " serviceAccountName tolerations")
                .refused("containerSet daemon data failFast http initContainers plugin podSpecPatch"
                        + " resourceClaims sidecars");
        rows.part(Part.INPUTS).executed("parameters", Part.PARAMETER).executed("artifacts", Part.ARTIFACT);
        rows.part(Part.OUTPUTS)
                .executed("parameters", Part.OUTPUT_PARAMETER)
                .executed("artifacts", Part.OUTPUT_ARTIFACT)
                .refused("exitCode result");
        rows.part(Part.RESOURCE)
                .executed("action flags manifest mergeStrategy setOwnerReference successCondition failureCondition")
                .refused("manifestFrom");
        rows.part(Part.RETRY)
                .executed("limit retryPolicy expression")
                .executed("backoff", Part.BACKOFF)
                .accepted("affinity");
        rows.part(Part.BACKOFF).executed("duration factor maxDuration cap");
    }

    /** What keeps a template from running, or makes it unnecessary. */
    private static void waits(Rows rows) {
        rows.part(Part.SUSPEND).executed("duration");
        rows.part(Part.MEMOIZE).executed("key maxAge").executed("cache", Part.CACHE);
        rows.part(Part.CACHE).executed("configMap", Part.CONFIG_MAP_REF);
        rows.part(Part.SYNCHRONIZATION).executed("mutexes", Part.MUTEX).executed("semaphores", Part.SEMAPHORE);
        rows.part(Part.MUTEX).executed("name namespace").refused("database");
        rows.part(Part.SEMAPHORE)
                .executed("namespace")
                .executed("configMapKeyRef", Part.CONFIG_MAP_REF)
                .refused("database");
    }

    private static void parameters(Rows rows) {
        rows.part(Part.PARAMETER)
                .executed("name value default")
                .executed("valueFrom", Part.PARAMETER_SOURCE)
                .accepted("description enum globalName");
        rows.part(Part.PARAMETER_SOURCE)
                .executed("default")
                .executed("configMapKeyRef", Part.CONFIG_MAP_REF)
                .refused("event expression jqFilter jsonPath parameter path supplied");
        rows.part(Part.OUTPUT_PARAMETER)
                .executed("name value globalName")
                .executed("valueFrom", Part.OUTPUT_SOURCE)
                .accepted("description default enum");
        rows.part(Part.OUTPUT_SOURCE)
                .executed("path default parameter jsonPath supplied expression")
                .refused("configMapKeyRef event jqFilter");
    }

    private static void artifacts(Rows rows) {
        String elsewhere = "artifactory azure gcs git hdfs http oss plugin";
        rows.part(Part.ARTIFACT)
                .executed("name path from fromExpression optional")
                .executed("archive", Part.ARCHIVE)
                .executed("raw", Part.RAW)
                .executed("s3", Part.S3)
                .executed("mode recurseMode")
                .accepted("artifactGC globalName")
                .refused("archiveLogs deleted subPath " + elsewhere);
        rows.part(Part.OUTPUT_ARTIFACT)
                .executed("name path from fromExpression optional globalName")
                .executed("archive", Part.ARCHIVE)
                .executed("s3", Part.S3)
                .accepted("artifactGC mode recurseMode")
                .refused("archiveLogs deleted raw subPath " + elsewhere);
        rows.part(Part.ARCHIVE_LOCATION)
                .executed("s3", Part.S3)
                .accepted("archiveLogs")
                .refused("raw " + elsewhere);
        rows.part(Part.ARCHIVE).executed("none zip").executed("tar", Part.TAR);
        rows.part(Part.TAR).executed("compressionLevel");
        rows.part(Part.RAW).executed("data");
        rows.part(Part.S3)
                .executed("key bucket endpoint insecure region addressingStyle useSDKCreds")
                .executed("accessKeySecret secretKeySecret sessionTokenSecret", Part.CONFIG_MAP_REF)
                .refused("caSecret createBucketIfNotPresent encryptionOptions roleARN");
    }

    private static void dag(Rows rows) {
        rows.part(Part.DAG).executed("failFast").executed("tasks", Part.TASK).refused("target");
        rows.part(Part.TASK)
                .executed("name template when depends dependencies")
                .executed("templateRef", Part.TEMPLATE_REF)
                .executed("arguments", Part.ARGUMENTS)
                .executed("continueOn", Part.CONTINUE_ON)
                .executed("withItems withParam")
                .executed("withSequence", Part.SEQUENCE)
                .executed("onExit")
                .executed("hooks", Part.HOOKS)
                .executed("inline", Part.TEMPLATE);
        rows.part(Part.STEP)
                .executed("name template when withItems withParam")
                .executed("templateRef", Part.TEMPLATE_REF)
                .executed("arguments", Part.ARGUMENTS)
                .executed("continueOn", Part.CONTINUE_ON)
                .executed("withSequence", Part.SEQUENCE)
                .executed("onExit")
                .executed("hooks", Part.HOOKS)
                .executed("inline", Part.TEMPLATE);
        rows.part(Part.HOOK)
                .executed("template expression")
                .executed("templateRef", Part.TEMPLATE_REF)
                .executed("arguments", Part.ARGUMENTS);
        // The others have names of their own, and are looked at one by one.
        rows.part(Part.HOOKS).executed("exit", Part.HOOK);
        rows.part(Part.SEQUENCE).executed("count start end format");
        rows.part(Part.CONTINUE_ON).executed("error failed");
    }

    private static void containers(Rows rows) {
        container(rows.part(Part.CONTAINER));
        container(rows.part(Part.SCRIPT).executed("source"));
        environment(rows);
    }

    /** The fields that a container and a script share. */
    private static void container(Rows current) {
        current.executed("name command args workingDir")
                .executed("env", Part.ENV)
                .executed("envFrom", Part.ENV_FROM)
                .executed("volumeMounts", Part.MOUNT)
                .accepted("image imagePullPolicy ports resizePolicy resources securityContext terminationMessagePath"
                        + " terminationMessagePolicy")
                .refused(
                        "lifecycle livenessProbe readinessProbe restartPolicy restartPolicyRules startupProbe stdin stdinOnce"
                                + " tty volumeDevices");
    }

    private static void environment(Rows rows) {
        rows.part(Part.ENV).executed("name value").executed("valueFrom", Part.ENV_SOURCE);
        rows.part(Part.ENV_SOURCE)
                .executed("fieldRef", Part.FIELD_REF)
                .executed("configMapKeyRef", Part.CONFIG_MAP_REF)
                .refused("fileKeyRef resourceFieldRef secretKeyRef");
        rows.part(Part.ENV_FROM)
                .executed("prefix")
                .executed("configMapRef", Part.CONFIG_MAP_REF)
                .refused("secretRef");
        rows.part(Part.FIELD_REF).executed("fieldPath").accepted("apiVersion");
        rows.part(Part.CONFIG_MAP_REF).executed("name key optional");
    }

    private static void volumes(Rows rows) {
        rows.part(Part.VOLUME)
                .executed("name emptyDir")
                .executed("configMap", Part.CONFIG_MAP_VOLUME)
                .executed("persistentVolumeClaim", Part.CLAIM)
                .refused(
                        "awsElasticBlockStore azureDisk azureFile cephfs cinder csi downwardAPI ephemeral fc flexVolume flocker"
                                + " gcePersistentDisk gitRepo glusterfs hostPath image iscsi nfs photonPersistentDisk portworxVolume"
                                + " projected quobyte rbd scaleIO secret storageos vsphereVolume");
        rows.part(Part.CONFIG_MAP_VOLUME)
                .executed("name optional")
                .executed("items", Part.KEY_TO_PATH)
                .accepted("defaultMode");
        rows.part(Part.KEY_TO_PATH).executed("key path").accepted("mode");
        rows.part(Part.CLAIM).executed("claimName").accepted("readOnly");
        rows.part(Part.MOUNT)
                .executed("name mountPath subPath")
                .accepted("readOnly recursiveReadOnly mountPropagation")
                .refused("subPathExpr");
    }
}
