package dev.plumbline.controller.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind's controllers are documented to write, and what it means. */
class HealthRulesTest {

    private static final String META = "'metadata':{'name':'x','namespace':'n','generation':2},";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        a Deployment nobody has seen     | {'status':{}}                                                                           | InProgress | generation 2
        one seen at an older spec        | {'status':{'observedGeneration':1,'replicas':1,'updatedReplicas':1,'availableReplicas':1}} | InProgress | only 1
        one that rolls out               | {'spec':{'replicas':3},'status':{'observedGeneration':2,'replicas':4,'updatedReplicas':1,'availableReplicas':3}} | InProgress | 1 of 3 replicas are updated
        one with old pods left           | {'spec':{'replicas':3},'status':{'observedGeneration':2,'replicas':4,'updatedReplicas':3,'availableReplicas':3}} | InProgress | 1 old replicas
        one whose pods are not available | {'spec':{'replicas':3},'status':{'observedGeneration':2,'replicas':3,'updatedReplicas':3,'availableReplicas':2}} | InProgress | 2 of 3
        one over its deadline            | {'spec':{'replicas':1},'status':{'observedGeneration':2,'conditions':[{'type':'Progressing','status':'False','reason':'ProgressDeadlineExceeded','message':'timed out'}]}} | Failed | timed out
        one that is available            | {'spec':{'replicas':1},'status':{'observedGeneration':2,'replicas':1,'updatedReplicas':1,'availableReplicas':1,'conditions':[{'type':'Available','status':'True'}]}} | Current | 1 replicas
        one asked for no replicas        | {'spec':{'replicas':0},'status':{'observedGeneration':2,'conditions':[{'type':'Available','status':'True'}]}} | Current | 0 replicas
        a paused one                     | {'spec':{'replicas':1,'paused':true},'status':{'observedGeneration':2,'replicas':1,'updatedReplicas':0}} | InProgress | paused
        """)
    void deployments(String what, String rest, String health, String reason) throws JsonException {
        check("apps/v1", "Deployment", rest, health, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        a StatefulSet with too few pods  | {'spec':{'replicas':2},'status':{'observedGeneration':2,'replicas':2,'readyReplicas':1}} | InProgress | 1 of 2
        one that rolls out               | {'spec':{'replicas':2},'status':{'observedGeneration':2,'replicas':2,'readyReplicas':2,'updatedReplicas':1,'currentRevision':'a','updateRevision':'b'}} | InProgress | 1 of 2 replicas are updated
        one down to its partition        | {'spec':{'replicas':2,'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':1}}},'status':{'observedGeneration':2,'replicas':2,'readyReplicas':2,'updatedReplicas':1,'currentRevision':'a','updateRevision':'b'}} | Current | 2 replicas
        one updated by hand              | {'spec':{'replicas':1,'updateStrategy':{'type':'OnDelete'}},'status':{'observedGeneration':2,'replicas':1,'readyReplicas':1,'currentRevision':'a','updateRevision':'b'}} | Current | deleted
        one with surplus pods            | {'spec':{'replicas':1},'status':{'observedGeneration':2,'replicas':2,'readyReplicas':2}} | InProgress | 1 surplus
        one that is ready                | {'spec':{'replicas':1},'status':{'observedGeneration':2,'replicas':1,'readyReplicas':1,'updatedReplicas':1,'currentRevision':'b','updateRevision':'b'}} | Current | ready
        """)
    void statefulSets(String what, String rest, String health, String reason) throws JsonException {
        check("apps/v1", "StatefulSet", rest, health, reason);
    }

    @ParameterizedTest(name = "{1} {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        apps/v1  | DaemonSet  | {'status':{'observedGeneration':2,'desiredNumberScheduled':2,'updatedNumberScheduled':1,'numberAvailable':2}} | InProgress | 1 of 2 nodes are updated
        apps/v1  | DaemonSet  | {'status':{'observedGeneration':2,'desiredNumberScheduled':2,'updatedNumberScheduled':2,'numberAvailable':1}} | InProgress | available
        apps/v1  | DaemonSet  | {'status':{'observedGeneration':2,'desiredNumberScheduled':0}}                             | Current    | 0 nodes
        batch/v1 | Job        | {'status':{}}                                                                              | InProgress | not started
        batch/v1 | Job        | {'status':{'startTime':'t','active':1}}                                                    | InProgress | 1 pods
        batch/v1 | Job        | {'status':{'conditions':[{'type':'Complete','status':'True'}]}}                            | Current    | complete
        batch/v1 | Job        | {'status':{'conditions':[{'type':'Failed','status':'True','reason':'BackoffLimitExceeded','message':'too often'}]}} | Failed | BackoffLimitExceeded
        batch/v1 | Job        | {'spec':{'suspend':true},'status':{}}                                                      | Current    | suspended
        batch/v1 | CronJob    | {'spec':{'suspend':true}}                                                                  | Current    | suspended
        v1       | Service    | {'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{}}}                              | InProgress | address
        v1       | Service    | {'spec':{'type':'LoadBalancer'},'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}  | Current    | _
        v1       | Service    | {'spec':{'type':'ClusterIP'}}                                                              | Current    | _
        v1       | PersistentVolumeClaim | {'status':{'phase':'Pending'}}                                                  | InProgress | first pod
        v1       | PersistentVolumeClaim | {'status':{'phase':'Bound'}}                                                    | Current    | bound
        v1       | PersistentVolumeClaim | {'status':{'phase':'Lost'}}                                                     | Failed     | lost
        v1       | Namespace  | {'status':{'phase':'Active'}}                                                              | Current    | active
        v1       | Namespace  | {'status':{'phase':'Terminating'}}                                                         | Terminating | deleted
        v1       | ConfigMap  | {'data':{'a':'b'}}                                                                         | Current    | _
        v1       | Pod        | {'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}             | Current    | ready
        v1       | Pod        | {'status':{'phase':'Succeeded'}}                                                           | Current    | succeeded
        v1       | Pod        | {'status':{'phase':'Failed','message':'evicted'}}                                          | Failed     | evicted
        v1       | Pod        | {'status':{'phase':'Running','containerStatuses':[{'name':'main','state':{'waiting':{'reason':'CrashLoopBackOff','message':'back-off'}}}]}} | Failed | main: CrashLoopBackOff
        v1       | Pod        | {'status':{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'Unschedulable','message':'no node'}]}} | InProgress | no node
        networking.k8s.io/v1 | Ingress | {'status':{'loadBalancer':{}}}                                                    | Current    | no address
        autoscaling/v2 | HorizontalPodAutoscaler | {'status':{}}                                                           | InProgress | not looked
        autoscaling/v2 | HorizontalPodAutoscaler | {'status':{'conditions':[{'type':'AbleToScale','status':'False','reason':'FailedGetScale','message':'no target'}]}} | Failed | no target
        autoscaling/v2 | HorizontalPodAutoscaler | {'status':{'conditions':[{'type':'AbleToScale','status':'True'},{'type':'ScalingActive','status':'False','reason':'ScalingDisabled'}]}} | Current | ScalingDisabled
        autoscaling/v2 | HorizontalPodAutoscaler | {'status':{'conditions':[{'type':'AbleToScale','status':'True'},{'type':'ScalingActive','status':'False','reason':'FailedGetResourceMetric'}]}} | InProgress | FailedGet
        autoscaling/v2 | HorizontalPodAutoscaler | {'status':{'conditions':[{'type':'AbleToScale','status':'True'},{'type':'ScalingActive','status':'False','reason':'InvalidSelector'}]}} | Failed | InvalidSelector
        apiextensions.k8s.io/v1 | CustomResourceDefinition | {'status':{'conditions':[{'type':'NamesAccepted','status':'True'}]}} | InProgress | serve
        apiextensions.k8s.io/v1 | CustomResourceDefinition | {'status':{'conditions':[{'type':'Established','status':'True'}]}} | Current | established
        apiextensions.k8s.io/v1 | CustomResourceDefinition | {'status':{'conditions':[{'type':'NamesAccepted','status':'False','reason':'PluralConflict','message':'taken'}]}} | Failed | taken
        apiregistration.k8s.io/v1 | APIService | {'status':{'conditions':[{'type':'Available','status':'False','reason':'MissingEndpoints'}]}} | InProgress | MissingEndpoints
        apiregistration.k8s.io/v1 | APIService | {'status':{'conditions':[{'type':'Available','status':'True'}]}} | Current | available
        """)
    void builtInKinds(String apiVersion, String kind, String rest, String health, String reason) throws JsonException {
        check(apiVersion, kind, rest, health, reason);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        WorkflowTemplate | {'spec':{}}                                                                   | Current    | _
        Workflow         | {'spec':{}}                                                                   | InProgress | not looked
        Workflow         | {'status':{'phase':'Running'}}                                                | InProgress | Running
        Workflow         | {'spec':{'suspend':true},'status':{'phase':'Running'}}                        | InProgress | suspended
        Workflow         | {'status':{'phase':'Succeeded'}}                                              | Current    | succeeded
        Workflow         | {'status':{'phase':'Failed','message':'child failed'}}                        | Failed     | child failed
        Workflow         | {'status':{'phase':'Error','message':'bad spec'}}                             | Failed     | Error: bad spec
        Workflow         | {'status':{'phase':'Dreaming'}}                                               | Unknown    | Dreaming
        CronWorkflow     | {'spec':{}}                                                                   | Current    | _
        CronWorkflow     | {'spec':{'suspend':true}}                                                     | Current    | suspended
        CronWorkflow     | {'spec':{},'status':{'phase':'Stopped'}}                                      | Current    | stopped
        CronWorkflow     | {'spec':{},'status':{'conditions':[{'type':'SpecError','status':'True','message':'no template'}]}} | Failed | no template
        CronWorkflow     | {'spec':{},'status':{'conditions':[{'type':'SubmissionError','status':'True','message':'denied'}]}} | Failed | denied
        Sensor           | {'status':{'conditions':[{'type':'Deployed','status':'False','reason':'x','message':'no bus'}]}} | InProgress | no bus
        Sensor           | {'status':{'conditions':[{'type':'Deployed','status':'True'},{'type':'TriggersProvided','status':'True'}]}} | Current | _
        """)
    void argoKinds(String kind, String rest, String health, String reason) throws JsonException {
        check("argoproj.io/v1alpha1", kind, rest, health, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        nobody has looked             | {}                                                             | InProgress | not looked
        Ready is false                | {'conditions':[{'type':'Ready','status':'False','reason':'PredictorNotReady'}]} | InProgress | PredictorNotReady
        its own counter is lower      | {'observedGeneration':1,'conditions':[{'type':'Ready','status':'True'}]} | Current | _
        the new model does not load   | {'conditions':[{'type':'Ready','status':'True'}],'modelStatus':{'transitionStatus':'BlockedByFailedLoad','lastFailureInfo':{'message':'no such bucket'}}} | Failed | no such bucket
        the spec is invalid           | {'conditions':[{'type':'Ready','status':'False'}],'modelStatus':{'transitionStatus':'InvalidSpec'}} | Failed | InvalidSpec
        an older model serves         | {'conditions':[{'type':'Ready','status':'True'}],'modelStatus':{'transitionStatus':'InProgress','states':{'activeModelState':'Loaded','targetModelState':'Loading'}}} | InProgress | Loading
        an older revision serves      | {'conditions':[{'type':'Ready','status':'True'}],'components':{'predictor':{'latestCreatedRevision':'b','latestReadyRevision':'a'}}} | InProgress | revision b
        all agree                     | {'url':'http://x','conditions':[{'type':'Ready','status':'True'}],'modelStatus':{'transitionStatus':'UpToDate'},'components':{'predictor':{'latestCreatedRevision':'b','latestReadyRevision':'b'}}} | Current | http://x
        """)
    void inferenceServices(String what, String status, String health, String reason) throws JsonException {
        check("serving.kserve.io/v1beta1", "InferenceService", "{'status':" + status + "}", health, reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        stopped on purpose            | true  | True  | Current    | stopped
        not stopped yet               | true  | False | InProgress | not stopped it yet
        not started again yet         | false | True  | InProgress | not looked
        """)
    void aStoppedInferenceService(String what, String wanted, String stopped, String health, String reason)
            throws JsonException {
        Map<String, @Nullable Object> service = object(
                "serving.kserve.io/v1beta1",
                "InferenceService",
                "{'status':{'conditions':[{'type':'Stopped','status':'" + stopped + "'}]}}");
        Tree.set(service, wanted, "metadata", "annotations", "serving.kserve.io/stop");
        assertHealth(service, List.of(), health, reason);
    }

    private static final String SERVED = """
            {'spec':{'predictor':{'model':{'storageUri':'s3://new','image':'i:2'}}},
             'status':{'conditions':[{'type':'Ready','status':'True'}],'modelStatus':{'transitionStatus':'%s'}}}
            """;

    /** Nothing in the status of an InferenceService says of which spec it speaks. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        all agree                          | UpToDate            | s3://new | i:2 | 1 | 1 | Current    | _
        another model is served            | UpToDate            | s3://old | i:2 | 1 | 1 | InProgress | still has s3://old, not s3://new
        another image runs                 | UpToDate            | s3://new | i:1 | 1 | 1 | InProgress | still has i:1, not i:2
        the failure is of another model    | BlockedByFailedLoad | s3://old | i:2 | 1 | 1 | InProgress | still has s3://old
        the failure may be of an older pod | BlockedByFailedLoad | s3://new | i:2 | 2 | 1 | InProgress | of one of them KServe says, the model: BlockedByFailedLoad
        only the new pod is there          | BlockedByFailedLoad | s3://new | i:2 | 1 | 1 | Failed     | BlockedByFailedLoad
        the new spec is invalid            | InvalidSpec         | s3://old | i:2 | 1 | 1 | Failed     | InvalidSpec
        """)
    void anInferenceServiceWhoseStatusMayBeOfAnOlderSpec(
            String what,
            String transition,
            String uri,
            String image,
            int replicas,
            int updated,
            String health,
            String reason)
            throws JsonException {
        Map<String, @Nullable Object> service =
                object("serving.kserve.io/v1beta1", "InferenceService", SERVED.formatted(transition));
        Map<String, @Nullable Object> child =
                object("apps/v1", "Deployment", """
                {'spec':{'replicas':1,'template':{
                   'metadata':{'annotations':{'internal.serving.kserve.io/storage-initializer-sourceuri':'%s'}},
                   'spec':{'containers':[{'name':'kserve-container','image':'%s'}]}}},
                 'status':{'observedGeneration':2,'replicas':%s,'updatedReplicas':%s,'availableReplicas':1,
                   'conditions':[{'type':'Available','status':'True'}]}}
                """.formatted(uri, image, replicas, updated));
        Tree.set(child, "x-predictor", "metadata", "name");
        assertHealth(service, List.of(child), health, reason);
    }

    @Test
    void aReadyInferenceServiceWhoseDeploymentRollsOutIsNotCurrent() throws JsonException {
        Map<String, @Nullable Object> service = object(
                "serving.kserve.io/v1beta1",
                "InferenceService",
                "{'status':{'conditions':[{'type':'Ready','status':'True'}]}}");
        Map<String, @Nullable Object> child =
                object("apps/v1", "Deployment", "{'status':{'observedGeneration':1,'replicas':1}}");
        assertEquals(
                Health.IN_PROGRESS,
                HealthRules.STANDARD.of(service, List.of(child)).health());
        assertEquals(
                Map.of("serving.kserve.io/inferenceservice", "x"),
                HealthRules.STANDARD.related(service).getFirst().labels());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        no status at all     | {}                                                                                 | Current    | _
        an older spec        | {'status':{'observedGeneration':1,'conditions':[{'type':'Ready','status':'True'}]}} | InProgress | only 1
        Stalled              | {'status':{'conditions':[{'type':'Stalled','status':'True','reason':'r','message':'m'}]}} | Failed | r: m
        Reconciling          | {'status':{'conditions':[{'type':'Reconciling','status':'True','message':'m'},{'type':'Ready','status':'True'}]}} | InProgress | m
        Ready                | {'status':{'conditions':[{'type':'Ready','status':'True'}]}}                       | Current    | _
        not Ready            | {'status':{'conditions':[{'type':'Ready','status':'False','reason':'Waiting'}]}}   | InProgress | Waiting
        Available alone      | {'status':{'conditions':[{'type':'Available','status':'Unknown','reason':'Soon'}]}} | InProgress | Soon
        a stale condition    | {'status':{'conditions':[{'type':'Ready','status':'True','observedGeneration':1}]}} | InProgress | generation 1
        other conditions     | {'status':{'conditions':[{'type':'Synced','status':'False'}]}}                     | Current    | _
        """)
    void theConditionsConvention(String what, String rest, String health, String reason) throws JsonException {
        check("example.com/v1", "Widget", rest, health, reason);
    }

    @Test
    void whatIsBeingDeletedIsTerminatingAndNamesItsFinalizers() throws JsonException {
        Map<String, @Nullable Object> object = Json.parseObject(
                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'x','deletionTimestamp':'t','finalizers':['a/b']}}"
                        .replace('\'', '"'));
        ObjectHealth health = HealthRules.STANDARD.of(object, List.of());
        assertEquals(Health.TERMINATING, health.health());
        assertTrue(health.reason().contains("a/b"), health.reason());
    }

    private static void check(String apiVersion, String kind, String rest, String health, String reason)
            throws JsonException {
        assertHealth(object(apiVersion, kind, rest), List.of(), health, reason);
    }

    private static void assertHealth(
            Map<String, @Nullable Object> object,
            List<Map<String, @Nullable Object>> related,
            String health,
            String reason) {
        ObjectHealth found = HealthRules.STANDARD.of(object, related);
        assertEquals(health, found.health().word(), found.toString());
        assertTrue(reason.equals("_") || found.reason().contains(reason), found.toString());
    }

    private static Map<String, @Nullable Object> object(String apiVersion, String kind, String rest)
            throws JsonException {
        String body = rest.strip().substring(1);
        String text = "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "'," + META + body;
        return Json.parseObject(text.replace(",}", "}").replace('\'', '"'));
    }
}
