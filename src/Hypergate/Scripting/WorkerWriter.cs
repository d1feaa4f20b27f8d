using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>Writes messages to a worker, one after the other. A worker that does not read them is ended.</summary>
internal sealed class WorkerWriter(Stream stream, TimeProvider time, Action<string> giveUp) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="type">The member <c>t</c>.</param>
    /// <param name="members">Writes the others.</param>
    /// <exception cref="SandboxException">It is longer than a line may be.</exception>
    public async Task WriteAsync(string type, Action<Utf8JsonWriter> members)
    {
        var line = LineOf(type, members);
        await _turn.WaitAsync();
        try
        {
            await SendAsync(line).WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            giveUp("it does not read what it is told");
        }
        catch (IOException)
        {
            giveUp("its input is closed");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> line)
    {
        await stream.WriteAsync(line);
        await stream.FlushAsync();
    }

    private static ReadOnlyMemory<byte> LineOf(string type, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("t", type);
            members(writer);
            writer.WriteEndObject();
        }

        if (buffer.WrittenCount > WorkerProtocol.LongestLine)
        {
            throw new SandboxException("too_large", $"What goes to the script worker is longer than {WorkerProtocol.LongestLine >> 20} MB; ask for less of it.");
        }

        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenMemory;
    }
}
