/**
 * The stores over S3, for many machines at once. Every write is conditional, so that the server itself decides who was
 * first; a server that ignores conditions is refused when the store is opened. The only home of the AWS SDK.
 *
 * <p>Keys, below the prefix of the store: {@code objects/ab/cdef…} by digest; {@code refs/NAME+}; {@code logs/NAME+/e/NUMBER}
 * for an entry, and {@code logs/NAME+/s/NUMBER} for the sealed entries that begin with that number. {@code +} stands in no name,
 * so a name may be the folder of another.
 *
 * <p>Artifacts of runs are kept in buckets too, under the keys that Argo gives them; these are replaced without a condition, as there.
 */
@NullMarked
package dev.plumbline.registry.s3;

import org.jspecify.annotations.NullMarked;
