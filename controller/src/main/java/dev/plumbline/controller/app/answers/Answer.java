package dev.plumbline.controller.app.answers;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer that may fail at a door. */
@FunctionalInterface
public interface Answer {

    /**
     * The answer, a plain tree.
     *
     * @throws ApiException when the request cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    @Nullable
    Object to(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException;

    /** A handler that tells the caller which door failed, and why: 503 where asking again may help, 502 where somebody must act first. */
    default Route.Handler handler() {
        return request -> {
            try {
                return to(request);
            } catch (SourceException e) {
                throw failed(e, e.retryable());
            } catch (StoreException e) {
                throw failed(e, e.retryable());
            } catch (ClusterException e) {
                throw failed(e, e.retryable());
            }
        };
    }

    private static ApiException failed(Exception door, boolean retryable) {
        return new ApiException(
                retryable ? HttpURLConnection.HTTP_UNAVAILABLE : HttpURLConnection.HTTP_BAD_GATEWAY,
                String.valueOf(door.getMessage()));
    }

    /** An object of an answer: names and values in turn. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
