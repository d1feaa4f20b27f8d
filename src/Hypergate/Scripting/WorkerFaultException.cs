namespace Hypergate.Scripting;

/// <summary>A worker broke the protocol. It is ended and never used again.</summary>
internal sealed class WorkerFaultException(string message) : Exception(message);
