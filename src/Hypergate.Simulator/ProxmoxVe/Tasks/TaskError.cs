namespace Hypergate.Simulator.ProxmoxVe.Tasks;

/// <summary>A task ends badly; the message is its exit text.</summary>
internal sealed class TaskError(string message) : Exception(message);
