using System.IO.Enumeration;

namespace Hypergate.Descriptions;

/// <summary>Path patterns in which <c>*</c> stands for any characters, slashes too; case does not matter.</summary>
public static class RoutePattern
{
    public static bool Fits(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: true);

    public static bool FitsAny(IReadOnlyList<string> patterns, string path)
    {
        foreach (var pattern in patterns)
        {
            if (Fits(pattern, path))
            {
                return true;
            }
        }

        return false;
    }
}
