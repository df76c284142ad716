package dev.plumbline.controller.app.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A caller learns whether to ask again. */
class AnswerTest {

    private static final ApiRequest REQUEST = new ApiRequest(Map.of(), Map.of(), Map.of(), new ApiRequest.Token(""));

    private static int status(Answer answer) {
        ApiException failed =
                assertThrows(ApiException.class, () -> answer.handler().answer(REQUEST));
        assertEquals("the door", failed.getMessage());
        return failed.status();
    }

    @Test
    void aDoorThatMayOpenIsUnavailableOneThatFailedForGoodIsABadGateway() {
        for (boolean retryable : new boolean[] {true, false}) {
            int expected = retryable ? 503 : 502;
            assertEquals(expected, status(request -> {
                throw new StoreException("the door", retryable);
            }));
            assertEquals(expected, status(request -> {
                throw new SourceException("the door", retryable);
            }));
            ClusterException.Reason reason =
                    retryable ? ClusterException.Reason.UNAVAILABLE : ClusterException.Reason.FORBIDDEN;
            assertEquals(expected, status(request -> {
                throw new ClusterException(reason, null, "the door");
            }));
        }
    }
}
