/* Does nothing. Linked with the library and without it, it shows what loading the library costs. */
int main(void)
{
    return 0;
}
