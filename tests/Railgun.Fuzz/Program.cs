using Railgun.Fuzz;

// Nothing of Railgun may be touched before its assemblies are instrumented: the runtime loads them where they are first named.
FuzzOptions? options = FuzzOptions.Parse(args, Console.Error);
if (options is null)
{
    return 2;
}

Instrumentation.Apply();
return FuzzSession.Run(options);
