using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>Reads the records of a folder as they come.</summary>
/// <param name="folder">The folder of an <see cref="AuditLog"/>; it need not exist yet.</param>
/// <param name="time">For the pauses between looks.</param>
internal sealed class AuditFollower(string folder, TimeProvider time)
{
    /// <summary>How often whoever follows looks again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly AuditFolder _files = new(folder);
    private int _segment;
    private long _offset;

    /// <summary>Each line behind a record, as it is in the file, until it is cancelled.</summary>
    /// <param name="after">The number of the last record that is known; 0 for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<string> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A file may have ended between the last record that is known and now.
        _segment = _files.Segments() is [.., var last] ? last - 1 : 0;
        while (true)
        {
            foreach (var line in New())
            {
                if (SequenceOf(line) is { } sequence && sequence > after)
                {
                    after = sequence;
                    yield return line;
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>The number of a record; null where it is none.</summary>
    public static long? SequenceOf(string line)
    {
        try
        {
            return JsonElement.Parse(line) is { ValueKind: JsonValueKind.Object } record && record.TryGetProperty("seq", out var number) && number.TryGetInt64(out var sequence) ? sequence : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private IEnumerable<string> New()
    {
        foreach (var number in _files.Segments().Where(number => number >= _segment).ToList())
        {
            (_offset, _segment) = (number == _segment ? _offset : 0, number);
            foreach (var line in AuditLines.Read(_files.SegmentPath(number), start: _offset).Where(static line => line.IsWhole))
            {
                _offset = line.End;
                yield return Encoding.UTF8.GetString(line.Bytes.Span);
            }
        }
    }
}
