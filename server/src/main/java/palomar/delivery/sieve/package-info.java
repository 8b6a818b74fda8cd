/// Sieve in deliveries: which scripts run for a message, what they ask of the world, and how their result is
/// carried out. RFC 5228
///
/// [palomar.delivery.sieve.Execution] carries out one result for one user: all copies and all that is to be
/// remembered in one transaction of the store, then what leaves the house goes into the outbox, under keys that
/// make a second try harmless (docs/decisions/0064). It knows no script, so that the runner of test files uses it
/// as well. [palomar.delivery.sieve.ScriptChain] runs the scripts, [palomar.delivery.sieve.UserHost] answers their
/// questions, [palomar.delivery.sieve.SieveDelivery] puts the two behind [palomar.delivery.Deliveries].
@NullMarked
package palomar.delivery.sieve;

import org.jspecify.annotations.NullMarked;
