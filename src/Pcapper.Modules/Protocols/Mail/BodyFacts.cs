namespace Pcapper.Modules.Protocols.Mail;

/// <summary>What the texts of a message say of credentials, counted by lines that give a value behind a label and a colon or equals sign.</summary>
/// <param name="Passwords">Lines that give a password.</param>
/// <param name="Users">Lines that give a user.</param>
/// <param name="Hosts">Lines that give a host or URL.</param>
/// <param name="Machine">Different things told of one machine: time, user, computer's name, operating system, processor, memory, address.</param>
/// <param name="IsMachineInSubject">Whether the computer's name stands in the subject too.</param>
public readonly record struct BodyFacts(int Passwords, int Users, int Hosts, int Machine, bool IsMachineInSubject);
