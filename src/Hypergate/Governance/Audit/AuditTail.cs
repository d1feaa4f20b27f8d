using System.Text;

namespace Hypergate.Governance.Audit;

/// <summary>The newest records of an audit log.</summary>
public static class AuditTail
{
    /// <param name="folder">The folder of an <see cref="AuditLog"/>.</param>
    /// <param name="count">How many records at most.</param>
    /// <returns>The lines as they are in the files, oldest first; none where there is no log.</returns>
    public static IReadOnlyList<string> Read(string folder, int count)
    {
        var files = new AuditFolder(folder);
        var newest = new List<string>();
        foreach (var segment in files.Segments().Reverse())
        {
            var wanted = count - newest.Count;
            if (wanted <= 0)
            {
                break;
            }

            newest.InsertRange(0, LastLines(files.SegmentPath(segment), wanted));
        }

        return newest;
    }

    private static Queue<string> LastLines(string file, int count)
    {
        var lines = new Queue<string>();
        foreach (var line in AuditLines.Read(file).Where(static line => line.IsWhole))
        {
            if (lines.Count == count)
            {
                lines.Dequeue();
            }

            lines.Enqueue(Encoding.UTF8.GetString(line.Bytes.Span));
        }

        return lines;
    }
}
