using System.Runtime.InteropServices;

namespace Hypergate.Catalog.Search;

/// <summary>What a word says for an operation.</summary>
/// <param name="Operation">Its place in the index.</param>
/// <param name="Score">BM25 of this word alone.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Posting(int Operation, double Score);
