namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>The texts of this folder, line by line, without empty ones and comments.</summary>
internal static class Notation
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(Notation).Assembly.GetManifestResourceStream(typeof(Notation), name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
