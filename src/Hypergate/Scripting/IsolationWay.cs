namespace Hypergate.Scripting;

/// <summary>A program of the system that starts another one without network.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Arguments">What stands between it and the other program.</param>
internal sealed record IsolationWay(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Becomes the other program itself.</summary>
    public static IsolationWay Unshare { get; } = new("unshare", ["--user", "--net", "--map-root-user"]);

    /// <summary>Stays beside the other program, as its parent. Nothing can be written in what it shows of the files.</summary>
    public static IsolationWay Bubblewrap { get; } = new("bwrap", ["--unshare-all", "--die-with-parent", "--ro-bind", "/", "/"]);

    /// <summary>The one that takes least first.</summary>
    public static IReadOnlyList<IsolationWay> All { get; } = [Unshare, Bubblewrap];
}
