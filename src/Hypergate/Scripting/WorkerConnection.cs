using System.Runtime.InteropServices;

namespace Hypergate.Scripting;

/// <summary>What the gateway has of a worker: two streams, its use of the machine, and the means to end it.</summary>
/// <param name="ToWorker">Its standard input.</param>
/// <param name="FromWorker">Its standard output.</param>
/// <param name="Usage">What it uses now.</param>
/// <param name="Kill">Ends it at once; may be called more than once.</param>
internal sealed record WorkerConnection(Stream ToWorker, Stream FromWorker, Func<WorkerUsage> Usage, Action Kill);

/// <summary>What a worker uses.</summary>
/// <param name="Bytes">Its working set.</param>
/// <param name="Processor">Processor time since its start.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkerUsage(long Bytes, TimeSpan Processor);
