using System.IO.Pipelines;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Reads a stream that blocks, such as standard input, on a thread of its own, and hands on there what was read. The console's own
/// stream takes a worker of the pool for each read instead, and wakes another for what was read.
/// </summary>
internal static class InputThread
{
    private const int Most = 64 * 1024;

    /// <summary>The same bytes; ends where the input ends or breaks.</summary>
    public static Stream Read(Stream input)
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        new Thread(() => Pump(input, pipe.Writer)) { IsBackground = true, Name = "input" }.Start();
        return pipe.Reader.AsStream();
    }

    private static void Pump(Stream input, PipeWriter writer)
    {
        try
        {
            while (input.Read(writer.GetSpan(Most)) is > 0 and var read)
            {
                writer.Advance(read);
                writer.FlushAsync().AsTask().GetAwaiter().GetResult();
            }

            writer.Complete();
        }
        catch (IOException exception)
        {
            writer.Complete(exception);
        }
    }
}
