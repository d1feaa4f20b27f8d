using System.Text;

namespace Hypergate.Tests.Simulator.Replay;

/// <summary>Reads server-sent events one by one.</summary>
internal sealed class EventReader(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8);

    /// <summary>The next event with the empty line behind it.</summary>
    public async Task<string> NextAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = new StringBuilder();
        while (await _reader.ReadLineAsync(impatience.Token) is { } line)
        {
            text.Append(line).Append('\n');
            if (line.Length == 0)
            {
                break;
            }
        }

        return text.ToString();
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>What stands behind <c>data:</c>.</summary>
    public static string Data(string text) =>
        text.Split('\n').First(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
}
