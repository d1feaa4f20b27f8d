using System.IO.Pipelines;
using System.Text;
using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>A worker that says whatever a test wants, in place of a process.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly Pipe _to = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
    private readonly Pipe _from = new(new PipeOptions(pauseWriterThreshold: 0));

    public FakeWorker(TimeProvider? time = null)
    {
        var connection = new WorkerConnection(_to.Writer.AsStream(), _from.Reader.AsStream(), () => Usage, Kill);
        Worker = new ScriptWorker(connection, new WorkerLimits(), time ?? TimeProvider.System);
        Heard = new StreamReader(_to.Reader.AsStream());
    }

    public ScriptWorker Worker { get; }

    /// <summary>What the gateway says.</summary>
    public StreamReader Heard { get; }

    public WorkerUsage Usage { get; set; } = new(50_000_000, TimeSpan.Zero);

    public bool IsKilled { get; private set; }

    /// <summary>The id of the job of the last message.</summary>
    public async Task<string> JobAsync()
    {
        var line = await Heard.ReadLineAsync(TestContext.Current.CancellationToken);
        return System.Text.Json.JsonElement.Parse(line!).GetProperty("job").GetString()!;
    }

    public Task SayAsync(string line) => SayAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task SayAsync(byte[] bytes)
    {
        try
        {
            await _from.Writer.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (InvalidOperationException)
        {
            // It was killed meanwhile.
        }
    }

    public void Leave() => _from.Writer.Complete();

    public void Dispose()
    {
        Worker.Dispose();
        Heard.Dispose();
    }

    private void Kill()
    {
        IsKilled = true;
        _from.Writer.Complete();
    }
}
