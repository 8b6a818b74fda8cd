/// Contracts: the sentences on the interfaces of the seams as tests, inherited by each implementation.
package palomar.contract;
