namespace Hypergate.Governance.Audit;

/// <summary>Reads a segment line by line in bounded memory.</summary>
internal static class AuditLines
{
    /// <param name="path">The segment; it may grow meanwhile.</param>
    /// <param name="length">How much of it to read.</param>
    /// <param name="start">Where to begin: at the beginning of a line.</param>
    public static IEnumerable<Line> Read(string path, long length = long.MaxValue, long start = 0)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0) { Position = start };
        var buffer = new byte[AuditLine.LongestLine];
        var held = 0;
        var number = 0;
        var end = start;
        var left = length;
        for (int read; (read = file.Read(buffer, held, (int)Math.Min(buffer.Length - held, left))) > 0; left -= read)
        {
            held += read;
            var begin = 0;
            for (int at; (at = Array.IndexOf(buffer, (byte)'\n', begin, held - begin)) >= 0; begin = at + 1)
            {
                end += at + 1 - begin;
                yield return new(++number, buffer.AsMemory(begin, at - begin), end, true);
            }

            held -= begin;
            Array.Copy(buffer, begin, buffer, 0, held);
            if (held == AuditLine.LongestLine)
            {
                // No record is that long.
                end += held;
                yield return new(++number, buffer.AsMemory(0, held), end, false);
                held = 0;
            }
        }

        if (held > 0)
        {
            yield return new(number + 1, buffer.AsMemory(0, held), end + held, false);
        }
    }

    /// <param name="Number">Counted from 1, from where reading began.</param>
    /// <param name="Bytes">Without the line end; valid until the next line is read.</param>
    /// <param name="End">The offset behind the line.</param>
    /// <param name="IsWhole">False for what has no line end: the last line, or more than a record can be.</param>
    public readonly record struct Line(int Number, ReadOnlyMemory<byte> Bytes, long End, bool IsWhole);
}
