/**
 * Evidence that other tools can check: in-toto statements about a recorded run and its models, their signed envelopes, and the
 * chained log that finds what was changed afterwards. Everything is made from recorded values; no cluster and no Git is asked.
 * What is signed is public: no secret may reach this room.
 */
@NullMarked
package dev.plumbline.registry.evidence;

import org.jspecify.annotations.NullMarked;
