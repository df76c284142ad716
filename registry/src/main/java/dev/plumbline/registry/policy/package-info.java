/**
 * ValidatingAdmissionPolicies, evaluated offline as an API server would: the same files judge a pull request and, applied to a
 * cluster, what reaches it. What only a cluster knows is refused by name.
 */
@NullMarked
package dev.plumbline.registry.policy;

import org.jspecify.annotations.NullMarked;
